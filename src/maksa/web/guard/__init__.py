"""What stands between the network and every door: bounds, headers, metrics, the access log, the last resort."""
