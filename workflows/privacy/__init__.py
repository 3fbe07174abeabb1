"""The register of confidentiality incidents: what happened to personal information, and how it was assessed."""
