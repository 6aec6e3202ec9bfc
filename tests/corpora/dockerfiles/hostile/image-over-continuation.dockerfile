FROM \
# a comment

  busy\
box:1
