require "sinatra/base"
run Class.new(Sinatra::Base) { get("/") { "Hello from the Ruby sample" } }
