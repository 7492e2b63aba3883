"""Files on disk: settings read and checked, and the one way in which anything is written."""
