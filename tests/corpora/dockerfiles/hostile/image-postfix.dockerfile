FROM postfix:latest
