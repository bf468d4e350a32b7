"""All that asks the network about links. Nothing else imports httpx, and nothing else is asynchronous."""
