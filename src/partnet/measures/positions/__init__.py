"""Where an organization stands between others: brokers, structural holes, key players."""
