"""How gunicorn serves the app: two processes of four threads suit two cores."""

workers = 2
threads = 4
worker_class = "gthread"
preload_app = True  # the processes share the snapshot and the modules in memory
timeout = 60
