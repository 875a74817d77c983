"""Mail: newsletters, one by one or in mailboxes."""
