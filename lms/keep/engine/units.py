"""The service and the proxy of one small server, as text."""

_SERVICE = """\
[Unit]
Description=Ben Hoc
Wants=network-online.target
After=network-online.target time-sync.target{after}
StartLimitIntervalSec=0

[Service]
Type=exec
User={user}
WorkingDirectory={root}
Environment=BENHOC_VAR={var} PYTHONUNBUFFERED=1
ExecStart={root}/dev serve
Restart=always
RestartSec=2
TimeoutStartSec=300
TimeoutStopSec=40
LimitNOFILE=65536
OOMScoreAdjust=-200
UMask=0077

NoNewPrivileges=true
ProtectSystem=strict
ReadWritePaths={var}
{home}PrivateTmp=true
PrivateDevices=true
ProtectKernelTunables=true
ProtectKernelModules=true
ProtectKernelLogs=true
ProtectControlGroups=true
ProtectClock=true
ProtectHostname=true
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
LockPersonality=true
CapabilityBoundingSet=
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
"""

_CADDY = """\
{domain} {{
	encode zstd gzip
	request_body {{
		max_size 1GB
	}}
	reverse_proxy 127.0.0.1:{port} {{
		lb_try_duration 20s
		lb_try_interval 250ms
		flush_interval -1
	}}
	handle_errors {{
		header Retry-After 10
		respond "Trang đang khởi động lại, xin thử lại sau ít giây." {{err.status_code}}
	}}
}}
"""


def service(*, root: str, var: str, user: str, database: str) -> str:
    """The systemd unit: started at boot after what it needs, again and again, and allowed to write in `var` only."""
    after = " postgresql.service redis-server.service" if database.startswith("postgres") else ""
    in_home = root.startswith("/home/") or var.startswith("/home/")
    home = "ProtectHome=read-only\n" if in_home else "ProtectHome=true\n"
    return _SERVICE.format(after=after, user=user, root=root, var=var, home=home)


def caddyfile(*, domain: str, port: str) -> str:
    """Certificates by Caddy; while the service starts again, requests wait instead of failing."""
    return _CADDY.format(domain=domain, port=port)
