//! Series as tests write them (`up{job="web"} 0+10x60 _ stale`), and a store of them in memory.
