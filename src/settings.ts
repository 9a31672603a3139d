/** One line of the configuration reference. */
export type SettingDefinition = {
  readonly name: string;
  readonly flag?: string;
  readonly kind: 'value' | 'switch';
  /** As the reference shows it. */
  readonly fallback: string;
  readonly meaning: string;
};

/** Every setting there is. `deploy/configuration.md` is made from this table; a test compares them. */
export const settings: readonly SettingDefinition[] = [
  { name: 'RENNSTEIG_CONFIG', flag: '--config', kind: 'value', fallback: 'none', meaning: 'file with lines `NAME=value`' },
  { name: 'RENNSTEIG_HOST', flag: '--host', kind: 'value', fallback: '127.0.0.1', meaning: 'address to listen on' },
  { name: 'RENNSTEIG_PORT', flag: '--port', kind: 'value', fallback: '8080', meaning: 'port to listen on; 0 takes a free one' },
  {
    name: 'RENNSTEIG_DATA',
    flag: '--data',
    kind: 'value',
    fallback: './data',
    meaning: 'data directory: database, stored files, keys',
  },
  {
    name: 'RENNSTEIG_URL',
    flag: '--url',
    kind: 'value',
    fallback: '`http://HOST:PORT`',
    meaning:
      'address people and sync clients use; clients are told it at sign-in and for push; with `https:` cookies become Secure and HSTS is sent',
  },
  {
    name: 'RENNSTEIG_WORKERS',
    flag: '--workers',
    kind: 'value',
    fallback: 'number of cores',
    meaning: 'processes that serve requests',
  },
  {
    name: 'RENNSTEIG_DEMO',
    flag: '--demo',
    kind: 'switch',
    fallback: 'false',
    meaning: 'fills an empty instance with people and files to try it',
  },
  {
    name: 'RENNSTEIG_LOG',
    flag: '--log',
    kind: 'value',
    fallback: 'info',
    meaning: 'least level that is logged: debug, info, warn, error, silent',
  },
  {
    name: 'RENNSTEIG_TRUSTED_PROXIES',
    kind: 'value',
    fallback: 'none',
    meaning: 'addresses or networks of reverse proxies whose `X-Forwarded-For` is believed, separated by commas',
  },
  {
    name: 'DATABASE_URL',
    kind: 'value',
    fallback: 'embedded PostgreSQL',
    meaning:
      'PostgreSQL 15 or newer; the login owns the schema and may create the role `rennsteig_app` (or that role exists and is granted to it)',
  },
  {
    name: 'RENNSTEIG_DATABASE_APP_URL',
    kind: 'value',
    fallback: '`DATABASE_URL`, with the role `rennsteig_app` taken on',
    meaning: 'login of the powerless role, so that the running processes do not know the owner’s password',
  },
  { name: 'RENNSTEIG_S3_ENDPOINT', kind: 'value', fallback: 'local disk', meaning: 'address of an S3 service for stored files' },
  { name: 'RENNSTEIG_S3_BUCKET', kind: 'value', fallback: '', meaning: 'bucket; must exist' },
  { name: 'RENNSTEIG_S3_REGION', kind: 'value', fallback: 'us-east-1', meaning: 'region' },
  { name: 'RENNSTEIG_S3_ACCESS_KEY_ID', kind: 'value', fallback: '', meaning: 'access key' },
  { name: 'RENNSTEIG_S3_SECRET_ACCESS_KEY', kind: 'value', fallback: '', meaning: 'its secret' },
  {
    name: 'RENNSTEIG_KEY',
    kind: 'value',
    fallback: '`keys/instance.key` in the data directory, made on the first start',
    meaning: 'the instance’s key, 32 bytes in Base64; whoever has it and the data can read everything, without it nobody can',
  },
  {
    name: 'RENNSTEIG_OLD_KEYS',
    kind: 'value',
    fallback: 'none',
    meaning: 'earlier instance keys during a rotation, separated by commas',
  },
  {
    name: 'RENNSTEIG_BACKUP',
    kind: 'value',
    fallback: 'none',
    meaning:
      'directory on another disk or machine that is kept up to date, so that any second of the last days can be restored; see `docs/operating.md`',
  },
  { name: 'RENNSTEIG_BACKUP_DAYS', kind: 'value', fallback: '7', meaning: 'how many days back that is' },
  {
    name: 'RENNSTEIG_SMTP_URL',
    kind: 'value',
    fallback: 'none: mails wait in the outbox',
    meaning: '`smtp://user:password@host:port`',
  },
  { name: 'RENNSTEIG_MAIL_FROM', kind: 'value', fallback: 'Rennsteig <noreply@localhost>', meaning: 'sender of mails' },
  {
    name: 'RENNSTEIG_CLAMD',
    kind: 'value',
    fallback: 'none: attachments are marked as not checked',
    meaning:
      'where ClamAV’s `clamd` listens: `unix:/run/clamav/clamd.ctl` or `tcp://host:3310`; its `clamd.conf` needs `AlertEncrypted yes` and `AlertExceedsMax yes`',
  },
  {
    name: 'RENNSTEIG_ANONYMOUS_DRAFTS',
    kind: 'value',
    fallback: '50000',
    meaning:
      'applications that people without an account may have begun and not sent with one municipality; then nobody begins another without an account (429), and those that were begun go on',
  },
  {
    name: 'RENNSTEIG_ANONYMOUS_BYTES',
    kind: 'value',
    fallback: '20000000000',
    meaning: 'bytes of files in such applications of one municipality',
  },
  {
    name: 'RENNSTEIG_PAYMENT_HOSTS',
    kind: 'value',
    fallback: 'none: payment services are reached at public addresses only',
    meaning: 'host names of payment services that may lie in the own network, separated by commas',
  },
  {
    name: 'RENNSTEIG_IDENTITY_URL',
    kind: 'value',
    fallback: 'none: no sign-in with a state identity',
    meaning:
      'where a browser is sent to sign in with the state identity (SAML 2.0, HTTP-Redirect); our metadata stand at `/identitaet/metadaten.xml`; see `docs/operating.md`',
  },
  { name: 'RENNSTEIG_IDENTITY_ISSUER', kind: 'value', fallback: '', meaning: 'its entity id' },
  {
    name: 'RENNSTEIG_IDENTITY_CERTIFICATES',
    kind: 'value',
    fallback: '',
    meaning: 'its certificate in PEM, and the next one while it changes: both are accepted',
  },
  { name: 'RENNSTEIG_IDENTITY_KEY', kind: 'value', fallback: '', meaning: 'our RSA private key in PEM: signs and decrypts' },
  {
    name: 'RENNSTEIG_IDENTITY_OLD_KEY',
    kind: 'value',
    fallback: 'none',
    meaning: 'our earlier private key while ours changes: it still decrypts',
  },
  { name: 'RENNSTEIG_IDENTITY_CERTIFICATE', kind: 'value', fallback: '', meaning: 'the certificate of our key in PEM' },
  { name: 'RENNSTEIG_IDENTITY_NAME', kind: 'value', fallback: 'BundID', meaning: 'what people call it' },
  {
    name: 'RENNSTEIG_METRICS_TOKEN',
    kind: 'value',
    fallback: 'none: `/metrics` answers this machine only, and nobody once there is a proxy or `https:`',
    meaning: 'with `Authorization: Bearer TOKEN` `/metrics` answers from everywhere; 16 characters or more',
  },
  {
    name: 'RENNSTEIG_DELIVERY_HOSTS',
    kind: 'value',
    fallback: 'none: delivery services are reached at public addresses only',
    meaning: 'host names of delivery services that may lie in the own network, separated by commas',
  },
  { name: 'RENNSTEIG_MAX_FILE_BYTES', kind: 'value', fallback: '100 GiB', meaning: 'largest single file in bytes' },
];
