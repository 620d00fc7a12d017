"""More than one machine: the same jobs on the workers of a Dask cluster, through a folder or address that all share."""
