FROM postfix
