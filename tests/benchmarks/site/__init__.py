"""The site around the engine, on real servers: loading, accepting, pages, the queue. Ratios of one run."""
