"""New mails from templates: a scenario, what is known of the products, who writes to whom -> a draft."""
