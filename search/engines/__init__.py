"""Engines: what answers a query tree. All stand behind `search.engines.protocol`."""
