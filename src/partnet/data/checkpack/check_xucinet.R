# Repeats the first figures of numbers.csv with xUCINET, the R package of UCINET's authors.
#
#   install.packages("xUCINET", repos = "http://R-Forge.R-project.org")   then   Rscript check_xucinet.R
#
# UCINET's conventions differ from ours where docs/measures.md says so: its default structural holes
# are those of the ego network, and its closeness sums distances.

if (!requireNamespace("xUCINET", quietly = TRUE)) stop("the package xUCINET is missing")
library(xUCINET)

nodes <- read.csv("nodes_undirected.csv", colClasses = "character", encoding = "UTF-8")
ties <- read.csv("ties_undirected.csv")
n <- nrow(nodes)
plain <- matrix(0, n, n, dimnames = list(nodes$id, nodes$id))
plain[cbind(ties$from, ties$to)] <- 1
plain[cbind(ties$to, ties$from)] <- 1
ours <- read.csv("numbers.csv", colClasses = "character", encoding = "UTF-8")
ours <- ours[ours$graph == "undirected", ]

compare <- function(measure, values) {
  mine <- ours[ours$measure == measure, ]
  value <- as.numeric(mine$value[match(nodes$id, mine$organization)])
  cat(sprintf("%-24s largest difference %.3g\n", measure, max(abs(value - values), na.rm = TRUE)))
}

compare("degree", xDegreeCentrality(plain)[, 1])
compare("betweenness", xBetweennessCentrality(plain)[, 1] / ((n - 1) * (n - 2) / 2))
print(xDensity(plain))
print(xComponents(plain))
print(xStructuralHoles(plain)) # beside find_bridges(..., holes = "ego")
