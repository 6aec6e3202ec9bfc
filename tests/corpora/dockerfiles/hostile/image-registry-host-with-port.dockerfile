FROM node:5000/x:1
