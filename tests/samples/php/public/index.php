<?php echo "Hello from the PHP sample";
