"""The archive audit: sources of mail, a run over them that can be stopped and continued, results, a report."""
