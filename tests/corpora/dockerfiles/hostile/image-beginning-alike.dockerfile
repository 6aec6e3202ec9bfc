FROM nodejs:20
