FROM evil/node:20
