# Repeats the figures of numbers.csv with R's sna and igraph, and says which agree.
#
#   Rscript check.R            (in this folder; install.packages(c("sna", "igraph")) first)
#
# It reads nodes_*.csv and ties_*.csv, writes compared.csv, and ends with status 1 if a figure differs.

suppressMessages({
  library(igraph)
})
if (!requireNamespace("sna", quietly = TRUE)) stop("the package sna is missing")
TOLERANCE <- 1e-9 # relative

rows <- list()
tell <- function(graph, measure, value, organization = "") {
  rows[[length(rows) + 1]] <<- data.frame(
    graph = graph, measure = measure, organization = organization,
    r = as.numeric(value), stringsAsFactors = FALSE
  )
}

read_table <- function(name) {
  read.csv(name, stringsAsFactors = FALSE, colClasses = "character", encoding = "UTF-8")
}

read_graph <- function(name, directed) {
  nodes <- read_table(paste0("nodes_", name, ".csv"))
  ties <- read_table(paste0("ties_", name, ".csv"))
  n <- nrow(nodes)
  m <- matrix(0, n, n)
  from <- as.integer(ties$from)
  to <- as.integer(ties$to)
  m[cbind(from, to)] <- as.numeric(ties$strength)
  if (!directed) m[cbind(to, from)] <- as.numeric(ties$strength)
  plain <- (m > 0) * 1
  mode <- if (directed) "directed" else "undirected"
  list(
    nodes = nodes, ids = nodes$id, n = n, m = m, plain = plain, directed = directed,
    g = graph_from_adjacency_matrix(plain, mode = mode),
    w = graph_from_adjacency_matrix(m, mode = mode, weighted = TRUE)
  )
}

# Shortest paths TO each organization, as in partnet and networkx
nearness <- function(g, lengths = NULL) {
  d <- distances(g, mode = "in", weights = lengths)
  diag(d) <- Inf
  n <- nrow(d)
  r <- rowSums(is.finite(d))
  far <- apply(d, 1, function(x) sum(x[is.finite(x)]))
  list(
    closeness = ifelse(far > 0, (r / far) * (r / max(n - 1, 1)), 0),
    harmonic = rowSums(1 / d) / max(n - 1, 1), d = d
  )
}

# In the largest part (strongly connected, with arrows); nothing where two parts are the largest
eigen_largest <- function(x, m) {
  found <- components(x$g, mode = "strong")
  sizes <- found$csize
  if (sum(sizes == max(sizes)) > 1 || max(sizes) < 2) return(NULL)
  inside <- which(found$membership == which.max(sizes))
  solved <- eigen(t(m[inside, inside]), symmetric = !x$directed)
  v <- abs(Re(solved$vectors[, which.max(Re(solved$values))]))
  score <- rep(0, x$n)
  score[inside] <- v / sqrt(sum(v^2))
  score
}

katz <- function(plain) {
  largest <- max(Mod(eigen(plain, only.values = TRUE)$values))
  alpha <- if (largest > 1e-9) 0.5 / largest else 0.5
  x <- solve(diag(nrow(plain)) - alpha * t(plain), rep(1, nrow(plain)))
  x / sqrt(sum(x^2))
}

# Burt's measures by their formulas, one organization after the other
structural_holes <- function(m) {
  z <- m + t(m)
  p <- z / ifelse(rowSums(z) > 0, rowSums(z), 1)
  most <- apply(z, 1, max)
  scaled <- z / ifelse(most > 0, most, 1)
  t(sapply(seq_len(nrow(z)), function(i) {
    near <- which(z[i, ] > 0)
    if (!length(near)) return(c(size = NA, efficiency = NA, hierarchy = NA))
    size <- sum(sapply(near, function(j) 1 - sum(p[i, ] * scaled[j, ])))
    c_ij <- sapply(near, function(j) (p[i, j] + sum(p[i, ] * p[, j]))^2)
    r <- c_ij / (sum(c_ij) / length(near))
    uneven <- if (length(near) > 1) sum(r * log(r)) / (length(near) * log(length(near))) else 1
    c(size = size, efficiency = size / length(near), hierarchy = uneven)
  }))
}

# Roles of Gould and Fernandez between known groups, by their definition
count_roles <- function(plain, group) {
  roles <- matrix(0, nrow(plain), 5)
  colnames(roles) <- c("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
  for (v in which(group != "")) {
    before <- which(plain[, v] > 0 & group != "")
    after <- which(plain[v, ] > 0 & group != "")
    pairs <- expand.grid(u = before, w = after)
    pairs <- pairs[pairs$u != pairs$w, ]
    pairs <- pairs[plain[cbind(pairs$u, pairs$w)] == 0, ]
    a <- group[pairs$u]
    b <- group[v]
    c <- group[pairs$w]
    roles[v, ] <- c(
      sum(a == b & b == c), sum(a == c & a != b), sum(b == c & a != b), sum(a == b & b != c),
      sum(a != b & b != c & a != c)
    )
  }
  roles
}

cut_off <- function(g) {
  found <- components(g)
  sapply(seq_len(vcount(g)), function(v) {
    mine <- setdiff(which(found$membership == found$membership[v]), v)
    if (!length(mine)) return(0)
    length(mine) - max(components(induced_subgraph(g, mine))$csize)
  })
}

participation <- function(plain, group) {
  sapply(seq_len(nrow(plain)), function(v) {
    near <- group[plain[v, ] > 0 & group != ""]
    if (!length(near)) NA else 1 - sum((table(near) / length(near))^2)
  })
}

# Cells whose answer is known: a tie is on file, or somebody who could tell has answered
count_known <- function(x) {
  told <- x$nodes$told == "1"
  if (all(x$nodes$told == "")) told <- rep(TRUE, x$n)
  known <- x$plain > 0 | matrix(told, x$n, x$n)
  if (!x$directed) known <- known | t(known)
  diag(known) <- FALSE
  list(told = told, cells = if (x$directed) sum(known) else sum(known) / 2)
}

centralize <- function(score, most) sum(max(score) - score) / most

whole <- function(name, x) {
  flat <- as.undirected(x$g, mode = "collapse")
  both <- (x$plain + t(x$plain) > 0) * 1
  known <- count_known(x)
  d <- nearness(x$g)$d
  parts <- components(x$g, mode = "weak")
  tell(name, "organizations", x$n)
  tell(name, "ties", ecount(x$g))
  tell(name, "observed_cells", known$cells)
  tell(name, "density", ecount(x$g) / known$cells)
  tell(name, "transitivity", transitivity(flat, type = "global"))
  tell(name, "mean_distance", mean(d[is.finite(d)]))
  tell(name, "diameter", max(d[is.finite(d)]))
  tell(name, "components", parts$no)
  tell(name, "largest_component", max(parts$csize))
  tell(name, "isolates", sum(degree(x$g) == 0))
  tell(name, "connectedness", sna::connectedness(both))
  beyond <- ecount(x$g) - sum(parts$csize - 1)
  cells <- parts$csize * (parts$csize - 1) / (if (x$directed) 1 else 2)
  tell(name, "krackhardt_efficiency", 1 - beyond / sum(cells - (parts$csize - 1)))
  tell(name, "blocks", biconnected_components(flat)$no)
  tell(name, "largest_core", max(coreness(flat)))
  group <- x$nodes$group
  here <- which(group != "")
  if (length(unique(group[here])) > 1) {
    inner <- induced_subgraph(x$g, here)
    codes <- as.integer(factor(group[here]))
    tell(name, "assortativity", assortativity_nominal(inner, codes, directed = x$directed))
    ends <- as_edgelist(inner, names = FALSE)
    same <- codes[ends[, 1]] == codes[ends[, 2]]
    tell(name, "e_i_index", (sum(!same) - sum(same)) / length(same))
  }
  if (x$directed) {
    asked <- sweep(x$plain, 2, known$told, "*")
    tell(name, "reciprocity", sum(asked * t(x$plain)) / sum(asked))
    tell(name, "krackhardt_hierarchy", sna::hierarchy(x$plain, measure = "krackhardt"))
    triads <- sna::triad.census(x$plain, mode = "digraph")
    for (k in colnames(triads)) tell(name, paste0("triads_", k), triads[1, k])
    tell(name, "in_degree_centralization", sna::centralization(x$plain, sna::degree, cmode = "indegree"))
    tell(name, "out_degree_centralization", sna::centralization(x$plain, sna::degree, cmode = "outdegree"))
    tell(name, "betweenness_centralization", sna::centralization(x$plain, sna::betweenness))
  } else {
    tell(name, "degree_centralization", sna::centralization(x$plain, sna::degree, mode = "graph"))
    tell(name, "betweenness_centralization", sna::centralization(x$plain, sna::betweenness, mode = "graph"))
    tell(name, "harmonic_centralization", centralize(nearness(x$g)$harmonic, (x$n - 2) / 2))
  }
}

central <- function(name, x) {
  n <- x$n
  near <- nearness(x$g)
  between <- betweenness(x$g, directed = x$directed, normalized = TRUE)
  far <- nearness(x$w, 1 / E(x$w)$weight)
  out <- list(
    betweenness = between, closeness = near$closeness, harmonic = near$harmonic,
    coreness = coreness(as.undirected(x$g, mode = "collapse")),
    pagerank = page_rank(x$g)$vector, katz = katz(x$plain),
    betweenness_weighted = betweenness(
      x$w, directed = x$directed, normalized = TRUE, weights = 1 / E(x$w)$weight
    ),
    closeness_weighted = far$closeness, harmonic_weighted = far$harmonic,
    pagerank_weighted = page_rank(x$w)$vector
  )
  if (x$directed) {
    out$in_degree <- degree(x$g, mode = "in")
    out$out_degree <- degree(x$g, mode = "out")
    out$in_strength <- strength(x$w, mode = "in")
    out$out_strength <- strength(x$w, mode = "out")
  } else {
    out$degree <- degree(x$g)
    out$strength <- strength(x$w)
  }
  out$eigenvector <- eigen_largest(x, x$plain)
  out$eigenvector_weighted <- eigen_largest(x, x$m)
  out$katz_weighted <- katz(x$m)
  for (measure in names(out)) if (!is.null(out[[measure]])) tell(name, measure, out[[measure]], x$ids)
}

bridges <- function(name, x) {
  cuts <- as.integer(seq_len(x$n) %in% as.integer(articulation_points(x$g)))
  tell(name, "is_articulation", cuts, x$ids)
  tell(name, "betweenness", betweenness(x$g, normalized = TRUE), x$ids)
  tell(name, "constraint", constraint(x$g), x$ids)
  tell(name, "constraint_weighted", constraint(x$w), x$ids)
  burt <- structural_holes(x$plain)
  tell(name, "effective_size", burt[, "size"], x$ids)
  tell(name, "efficiency", burt[, "efficiency"], x$ids)
  tell(name, "hierarchy", burt[, "hierarchy"], x$ids)
  tell(name, "effective_size_weighted", structural_holes(x$m)[, "size"], x$ids)
  tell(name, "n_cut_off", cut_off(x$g), x$ids)
  group <- x$nodes$role_group
  tell(name, "brokerage", sna::brokerage(x$plain, as.integer(factor(group)))$raw.nli[, "t"], x$ids)
  roles <- count_roles(x$plain, group)
  for (role in colnames(roles)) tell(name, role, roles[, role], x$ids)
  tell(name, "participation", participation(x$plain, group), x$ids)
}

undirected <- read_graph("undirected", FALSE)
directed <- read_graph("directed", TRUE)
apart <- read_graph("without_convener", FALSE)
whole("undirected", undirected)
whole("directed", directed)
central("undirected", undirected)
central("directed", directed)
bridges("without_convener", apart)

ours <- read_table("numbers.csv")
both <- merge(ours, do.call(rbind, rows), by = c("graph", "measure", "organization"), all = FALSE)
ours_value <- suppressWarnings(as.numeric(both$value))
size <- pmax(abs(ours_value), abs(both$r), 1e-12)
undefined <- is.na(ours_value) & !is.finite(both$r)
zero <- !is.na(ours_value) & ours_value == 0 & is.nan(both$r) # sna and igraph: 0 of 0
both$agrees <- undefined | zero | (!is.na(ours_value) & is.finite(both$r) &
  (abs(ours_value - both$r) <= TOLERANCE * size | abs(ours_value - both$r) <= 1e-9))
write.csv(both, "compared.csv", row.names = FALSE)
cat(sprintf("%d of %d figures agree (%d figures of numbers.csv are not repeated here).\n",
  sum(both$agrees), nrow(both), nrow(ours) - nrow(both)))
if (any(!both$agrees)) {
  print(head(both[!both$agrees, ], 20))
  quit(status = 1)
}
