#!/bin/sh
# Makes the certificates of the TLS tests, all anew: ./make.sh (needs OpenSSL 3). P-256, PKCS#8, valid 2020 to 2120.
#
#   ca          trusted by the tests              unknown-ca          trusted by nobody
#   server      localhost, 127.0.0.1, ::1         unknown-server      the same names, signed by unknown-ca
#   other-host  other.example only                client              for servers that ask for a certificate
#
# The keys of both authorities are thrown away, so nothing else can ever be signed by them.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# `openssl ca` and not `x509`, because only it takes a start date: a clock that runs behind must not break the tests.
: >"$tmp/index"
cat >"$tmp/conf" <<CONF
[ca]
default_ca = here
[here]
database = $tmp/index
new_certs_dir = $tmp
unique_subject = no
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
[req]
distinguished_name = any
CONF

request() { # name
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$tmp/$1.key"
  openssl req -new -config "$tmp/conf" -key "$tmp/$1.key" -subj "/CN=rocketmq-gateway test $1" -out "$tmp/$1.csr"
}

sign() { # name, how to sign, extensions
  name=$1 signer=$2
  shift 2
  printf '%s\n' "$@" "subjectKeyIdentifier=hash" >"$tmp/$name.ext"
  # shellcheck disable=SC2086 # $signer is several words
  openssl ca -config "$tmp/conf" -batch -notext -startdate 20200101000000Z -enddate 21200101000000Z \
    $signer -extfile "$tmp/$name.ext" -in "$tmp/$name.csr" -out "$name.pem" 2>"$tmp/log" || { cat "$tmp/log"; exit 1; }
}

authority() { # name
  request "$1"
  sign "$1" "-selfsign -keyfile $tmp/$1.key" "basicConstraints=critical,CA:TRUE" "keyUsage=critical,keyCertSign,cRLSign"
}

leaf() { # name, authority, usage, alternative names
  request "$1"
  sign "$1" "-cert $2.pem -keyfile $tmp/$2.key" "basicConstraints=critical,CA:FALSE" \
    "keyUsage=critical,digitalSignature" "extendedKeyUsage=$3" "subjectAltName=$4" "authorityKeyIdentifier=keyid"
  cp "$tmp/$1.key" "$1.key"
}

authority ca
authority unknown-ca
leaf server ca serverAuth "DNS:localhost,IP:127.0.0.1,IP:::1"
leaf other-host ca serverAuth "DNS:other.example"
leaf unknown-server unknown-ca serverAuth "DNS:localhost,IP:127.0.0.1,IP:::1"
leaf client ca clientAuth "DNS:client.example"
