#!/usr/bin/env docker
# Syntax = evil/frontend:1
FROM debian:bookworm-slim
