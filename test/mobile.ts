/**
 * What the apps of Nextcloud for Android and iOS send for files, written down from the public documentation of the protocols
 * (docs.nextcloud.com: WebDAV, Search, Trash, Versions, Comments, OCS) and of the apps' libraries: methods, addresses, headers and bodies as
 * they go over the wire. `HANDLE`, `ID` and `GONE` stand for the person's handle and the ids of a file and of
 * one in the trash.
 */
export type Recorded = {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Status of the answer. */
  readonly status: number;
  /** What the app needs in it. */
  readonly needs: readonly RegExp[];
};

const xml = { 'content-type': 'text/xml; charset=utf-8' };
const ocs = { 'ocs-apirequest': 'true', accept: 'application/json' };

/** The properties Android's library asks of every file. */
const androidProps = `<d:prop><d:displayname/><d:getcontenttype/><d:resourcetype/><d:getcontentlength/><d:getlastmodified/><d:creationdate/><d:getetag/>
<d:quota-used-bytes/><d:quota-available-bytes/><oc:permissions xmlns:oc="http://owncloud.org/ns"/><oc:id xmlns:oc="http://owncloud.org/ns"/>
<oc:size xmlns:oc="http://owncloud.org/ns"/><oc:favorite xmlns:oc="http://owncloud.org/ns"/><oc:comments-unread xmlns:oc="http://owncloud.org/ns"/>
<oc:owner-id xmlns:oc="http://owncloud.org/ns"/><oc:owner-display-name xmlns:oc="http://owncloud.org/ns"/><nc:has-preview xmlns:nc="http://nextcloud.org/ns"/>
<nc:is-encrypted xmlns:nc="http://nextcloud.org/ns"/><nc:mount-type xmlns:nc="http://nextcloud.org/ns"/><nc:note xmlns:nc="http://nextcloud.org/ns"/>
<nc:sharees xmlns:nc="http://nextcloud.org/ns"/><nc:rich-workspace xmlns:nc="http://nextcloud.org/ns"/><nc:lock xmlns:nc="http://nextcloud.org/ns"/></d:prop>`;

const iosProps =
  '<d:prop><d:getlastmodified/><d:getetag/><d:getcontenttype/><d:resourcetype/><d:quota-available-bytes/><d:quota-used-bytes/><d:getcontentlength/>' +
  '<permissions xmlns="http://owncloud.org/ns"/><id xmlns="http://owncloud.org/ns"/><fileid xmlns="http://owncloud.org/ns"/><size xmlns="http://owncloud.org/ns"/>' +
  '<favorite xmlns="http://owncloud.org/ns"/><creation_time xmlns="http://nextcloud.org/ns"/><upload_time xmlns="http://nextcloud.org/ns"/>' +
  '<is-encrypted xmlns="http://nextcloud.org/ns"/><has-preview xmlns="http://nextcloud.org/ns"/><trashbin-filename xmlns="http://nextcloud.org/ns"/></d:prop>';

const scope = (path: string) => `<d:from><d:scope><d:href>${path}</d:href><d:depth>infinity</d:depth></d:scope></d:from>`;

const search = (props: string, { where, order = '', limit = '' }: { where: string; order?: string; limit?: string }) =>
  `<?xml version="1.0" encoding="UTF-8"?><d:searchrequest xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:basicsearch>
<d:select>${props}</d:select>${scope('/files/HANDLE')}<d:where>${where}</d:where>${order}${limit}</d:basicsearch></d:searchrequest>`;

const like = (property: string, pattern: string) =>
  `<d:like><d:prop><${property}/></d:prop><d:literal>${pattern}</d:literal></d:like>`;

const newestFirst = '<d:orderby><d:order><d:prop><d:getlastmodified/></d:prop><d:descending/></d:order></d:orderby>';

const android: readonly Recorded[] = [
  {
    what: 'Android: is there a server',
    method: 'GET',
    path: '/status.php',
    status: 200,
    needs: [/"installed":true/, /"maintenance":false/, /"version":"\d+\.\d+\.\d+\.\d+"/],
  },
  {
    what: 'Android: what the server can',
    method: 'GET',
    path: '/ocs/v2.php/cloud/capabilities?format=json',
    headers: ocs,
    status: 200,
    needs: [/"favorites":true/, /"undelete":true/, /"versioning":true/, /"notifications":\{/, /"activity":\{/],
  },
  {
    what: 'Android: who am I',
    method: 'GET',
    path: '/ocs/v2.php/cloud/user?format=json',
    headers: ocs,
    status: 200,
    needs: [/"id":"HANDLE"/, /"quota":\{/, /"display-name":/],
  },
  {
    what: 'Android: a folder',
    method: 'PROPFIND',
    path: '/remote.php/dav/files/HANDLE/Fotos/',
    headers: { ...xml, depth: '1' },
    status: 207,
    body: `<?xml version="1.0" encoding="UTF-8"?><d:propfind xmlns:d="DAV:">${androidProps}</d:propfind>`,
    needs: [/Sommerfest\.jpg/, /<oc:permissions>/, /<oc:id>/],
  },
  {
    what: 'Android: search by name',
    method: 'SEARCH',
    path: '/remote.php/dav/',
    headers: xml,
    status: 207,
    body: search(androidProps, { where: like('d:displayname', '%sommer%'), order: newestFirst }),
    needs: [/<d:href>\/remote\.php\/dav\/files\/HANDLE\/Fotos\/Sommerfest\.jpg<\/d:href>/, /<oc:fileid>|<oc:id>/],
  },
  {
    what: 'Android: gallery',
    method: 'SEARCH',
    path: '/remote.php/dav',
    headers: xml,
    status: 207,
    body: search(androidProps, {
      where: `<d:and><d:or>${like('d:getcontenttype', 'image/%')}${like('d:getcontenttype', 'video/%')}</d:or>
<d:lt><d:prop><d:getlastmodified/></d:prop><d:literal>4102444800</d:literal></d:lt><d:gt><d:prop><d:getlastmodified/></d:prop><d:literal>0</d:literal></d:gt></d:and>`,
      order: newestFirst,
      limit: '<d:limit><d:nresults>200</d:nresults></d:limit>',
    }),
    needs: [/Sommerfest\.jpg[\s\S]*Altes%20Foto\.png/, /^(?![\s\S]*Notiz\.txt)/],
  },
  {
    what: 'Android: favourites',
    method: 'SEARCH',
    path: '/remote.php/dav/',
    headers: xml,
    status: 207,
    body: search(androidProps, {
      where: '<d:eq><d:prop><oc:favorite/></d:prop><d:literal>yes</d:literal></d:eq>',
      order: newestFirst,
    }),
    needs: [/Notiz\.txt/, /<oc:favorite>1<\/oc:favorite>/, /^(?![\s\S]*Sommerfest)/],
  },
  {
    what: 'Android: recent files',
    method: 'SEARCH',
    path: '/remote.php/dav/',
    headers: xml,
    status: 207,
    body: search(androidProps, {
      where: `<d:and><d:gt><d:prop><d:getlastmodified/></d:prop><d:literal>1700000500</d:literal></d:gt>
<d:not>${like('d:getcontenttype', 'httpd/unix-directory')}</d:not></d:and>`,
      order: newestFirst,
      limit: '<d:limit><d:nresults>100</d:nresults><nc:firstresult>0</nc:firstresult></d:limit>',
    }),
    needs: [/Sommerfest\.jpg/, /^(?![\s\S]*Altes%20Foto)/],
  },
  {
    what: 'Android: mark as favourite',
    method: 'PROPPATCH',
    path: '/remote.php/dav/files/HANDLE/Notiz.txt',
    headers: xml,
    status: 207,
    body: '<?xml version="1.0"?><d:propertyupdate xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:set><d:prop><oc:favorite>1</oc:favorite></d:prop></d:set></d:propertyupdate>',
    needs: [/200 OK/],
  },
  {
    what: 'Android: an address for the player',
    method: 'POST',
    path: '/ocs/v2.php/apps/dav/api/v1/direct?format=json',
    status: 200,
    headers: { ...ocs, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'fileId=ID',
    needs: [/"url":"http[^"]*\/remote\.php\/direct\/[^"]+"/],
  },
  {
    what: 'Android: search providers',
    method: 'GET',
    path: '/ocs/v2.php/search/providers?format=json',
    headers: ocs,
    status: 200,
    needs: [/"id":"files"/],
  },
  {
    what: 'Android: unified search',
    method: 'GET',
    headers: ocs,
    status: 200,
    path: '/ocs/v2.php/search/providers/files/search?term=sommer&limit=5&format=json',
    needs: [/"title":"Sommerfest\.jpg"/, /"fileId":"ID"/, /"path":"\/Fotos\/Sommerfest\.jpg"/, /"isPaginated":true/],
  },
  {
    what: 'Android: activity',
    method: 'GET',
    path: '/ocs/v2.php/apps/activity/api/v2/activity?format=json',
    headers: ocs,
    status: 200,
    needs: [/"type":"file_created"/, /"object_name":"\/Fotos\/Sommerfest\.jpg"/, /"subject_rich":\["/],
  },
  {
    what: 'Android: activity of a file',
    method: 'GET',
    headers: ocs,
    status: 200,
    path: '/ocs/v2.php/apps/activity/api/v2/activity/filter?object_type=files&object_id=ID&format=json',
    needs: [/"object_id":ID\b/],
  },
  {
    what: 'Android: a small picture',
    method: 'GET',
    status: 200,
    path: '/index.php/apps/files/api/v1/thumbnail/256/256/Fotos/Altes%20Foto.png',
    needs: [/^RIFF[\s\S]{4}/],
  },
  {
    what: 'Android: notices',
    method: 'GET',
    path: '/ocs/v2.php/apps/notifications/api/v2/notifications?format=json',
    headers: ocs,
    status: 200,
    needs: [/"data":\[/],
  },
  {
    what: 'Android: a small picture from the trash',
    method: 'GET',
    status: 200,
    path: '/index.php/apps/files_trashbin/preview?fileId=GONE&x=256&y=256',
    needs: [/^RIFF[\s\S]{4}/],
  },
  {
    what: 'Android: shares of a folder',
    method: 'GET',
    headers: ocs,
    status: 200,
    path: '/ocs/v2.php/apps/files_sharing/api/v1/shares?path=%2F&reshares=true&subfiles=true&format=json',
    needs: [/"statuscode":200/, /"data":\[\]/],
  },
  {
    what: 'Android: whom to share with',
    method: 'GET',
    headers: ocs,
    status: 200,
    path: '/ocs/v2.php/apps/files_sharing/api/v1/sharees?format=json&itemType=file&search=be&page=1&perPage=50',
    needs: [/"exact":\{"users":\[\]/],
  },
  {
    what: 'Android: trash',
    method: 'PROPFIND',
    path: '/remote.php/dav/trashbin/HANDLE/trash',
    headers: { ...xml, depth: '1' },
    status: 207,
    body: `<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns"><d:prop><nc:trashbin-filename/><nc:trashbin-original-location/><nc:trashbin-deletion-time/><d:resourcetype/></d:prop></d:propfind>`,
    needs: [/<nc:trashbin-filename>Weg\.txt<\/nc:trashbin-filename>/, /<nc:trashbin-original-location>Weg\.txt</],
  },
  {
    what: 'Android: versions',
    method: 'PROPFIND',
    path: '/remote.php/dav/versions/HANDLE/versions/ID',
    headers: { ...xml, depth: '1' },
    status: 207,
    body: '<?xml version="1.0"?><d:propfind xmlns:d="DAV:"><d:prop><d:getcontentlength/><d:getlastmodified/><d:getcontenttype/></d:prop></d:propfind>',
    needs: [/<d:getcontentlength>\d+<\/d:getcontentlength>/],
  },
];

const ios: readonly Recorded[] = [
  {
    what: 'iOS: what the server can',
    method: 'GET',
    path: '/ocs/v1.php/cloud/capabilities?format=json',
    headers: ocs,
    status: 200,
    needs: [/"statuscode":100/, /"webdav-root":"remote\.php\/webdav"/],
  },
  {
    what: 'iOS: one file',
    method: 'PROPFIND',
    path: '/remote.php/dav/files/HANDLE/Notiz.txt',
    headers: { ...xml, depth: '0' },
    status: 207,
    body: `<?xml version="1.0" encoding="UTF-8"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">${iosProps}</d:propfind>`,
    needs: [/<oc:fileid>\d+<\/oc:fileid>/, /<nc:upload_time>\d+<\/nc:upload_time>/],
  },
  {
    what: 'iOS: favourites',
    method: 'REPORT',
    path: '/remote.php/dav/files/HANDLE',
    headers: xml,
    status: 207,
    body: `<?xml version="1.0"?><oc:filter-files xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">${iosProps}<oc:filter-rules><oc:favorite>1</oc:favorite></oc:filter-rules></oc:filter-files>`,
    needs: [/Notiz\.txt/, /<oc:favorite>1<\/oc:favorite>/, /^(?![\s\S]*Sommerfest)/],
  },
  {
    what: 'iOS: search by name',
    method: 'SEARCH',
    path: '/remote.php/dav',
    headers: xml,
    status: 207,
    body: search(iosProps, {
      where: like('d:displayname', '%Sommer%'),
      order: '<d:orderby><d:order><d:prop><d:displayname/></d:prop><d:ascending/></d:order></d:orderby>',
    }),
    needs: [/<d:href>\/remote\.php\/dav\/files\/HANDLE\/Fotos\/Sommerfest\.jpg<\/d:href>/],
  },
  {
    what: 'iOS: media',
    method: 'SEARCH',
    path: '/remote.php/dav',
    headers: xml,
    status: 207,
    body: search(iosProps, {
      where: `<d:and><d:or>${like('d:getcontenttype', 'image/%')}${like('d:getcontenttype', 'video/%')}</d:or>
<d:or><d:and><d:lt><d:prop><d:getlastmodified/></d:prop><d:literal>2099-01-01T00:00:00Z</d:literal></d:lt>
<d:gte><d:prop><d:getlastmodified/></d:prop><d:literal>1970-01-01T00:00:00Z</d:literal></d:gte></d:and></d:or></d:and>`,
      order: `<d:orderby><d:order><d:prop><d:getlastmodified/></d:prop><d:descending/></d:order><d:order><d:prop><d:displayname/></d:prop><d:descending/></d:order></d:orderby>`,
      limit: '<d:limit><d:nresults>100</d:nresults></d:limit>',
    }),
    needs: [/Sommerfest\.jpg[\s\S]*Altes%20Foto\.png/],
  },
  {
    what: 'iOS: a file by its id',
    method: 'SEARCH',
    path: '/remote.php/dav',
    headers: xml,
    status: 207,
    body: search(iosProps, { where: '<d:eq><d:prop><oc:fileid/></d:prop><d:literal>ID</d:literal></d:eq>' }),
    needs: [/Sommerfest\.jpg/, /<oc:fileid>ID<\/oc:fileid>/],
  },
  {
    what: 'iOS: unified search',
    method: 'GET',
    headers: ocs,
    status: 200,
    path: '/ocs/v2.php/search/providers/files/search?format=json&term=sommer&limit=5&cursor=0',
    needs: [/"title":"Sommerfest\.jpg"/],
  },
  {
    what: 'iOS: activity',
    method: 'GET',
    headers: ocs,
    status: 200,
    path: '/ocs/v2.php/apps/activity/api/v2/activity/all?format=json&since=0&limit=50&object_type=files&sort=desc',
    needs: [/"activity_id":\d+/, /"datetime":"20/],
  },
  {
    what: 'iOS: an address for the player',
    method: 'POST',
    path: '/ocs/v2.php/apps/dav/api/v1/direct?format=json&fileId=ID',
    headers: ocs,
    status: 200,
    needs: [/\/remote\.php\/direct\//],
  },
  {
    what: 'iOS: a small picture',
    method: 'GET',
    status: 200,
    path: '/index.php/core/preview.png?file=Fotos%2FAltes%20Foto.png&x=1024&y=1024&a=1&mode=cover',
    needs: [/^RIFF[\s\S]{4}/],
  },
  {
    what: 'iOS: trash',
    method: 'PROPFIND',
    path: '/remote.php/dav/trashbin/HANDLE/trash/',
    headers: { ...xml, depth: '1' },
    status: 207,
    body: `<?xml version="1.0"?><d:propfind xmlns:d="DAV:">${iosProps}</d:propfind>`,
    needs: [/Weg\.txt/],
  },
];

export const recorded: readonly Recorded[] = [...android, ...ios];
