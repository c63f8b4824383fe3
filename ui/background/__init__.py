"""Work behind the pages: jobs of visitors with leases, map processes, inversions."""
