/** Generated from googleapis drive/v3 by generate.ts. Do not edit. */

/** The fields of each message: `name`, `list[]`, `map{}`, with `:Message` if it is not a scalar. */
export const messages: Readonly<Record<string, string>> = {
  ClientEncryptionDetails: 'decryptionMetadata:DecryptionMetadata encryptionState',
  ContentRestriction:
    'ownerRestricted readOnly reason restrictingUser:User restrictionTime systemRestricted type',
  DecryptionMetadata:
    'aes256GcmChunkSize encryptionResourceKeyHash jwt kaclsId kaclsName keyFormat wrappedKey',
  DownloadRestriction: 'restrictedForReaders restrictedForWriters',
  DownloadRestrictionsMetadata:
    'effectiveDownloadRestrictionWithContext:DownloadRestriction itemDownloadRestriction:DownloadRestriction',
  File: 'appProperties{} capabilities clientEncryptionDetails:ClientEncryptionDetails contentHints contentRestrictions[]:ContentRestriction copyRequiresWriterPermission createdTime description downloadRestrictions:DownloadRestrictionsMetadata driveId explicitlyTrashed exportLinks{} fileExtension folderColorRgb fullFileExtension hasAugmentedPermissions hasThumbnail headRevisionId iconLink id imageMediaMetadata inheritedPermissionsDisabled isAppAuthorized kind labelInfo[]:Label lastModifyingUser:User linkShareMetadata md5Checksum mimeType modifiedByMe modifiedByMeTime modifiedTime name originalFilename ownedByMe owners[]:User parents[] permissionIds[] permissions[]:Permission properties{} quotaBytesUsed resourceKey sha1Checksum sha256Checksum shared sharedWithMeTime sharingUser:User shortcutDetails size spaces[] starred teamDriveId thumbnailLink thumbnailVersion trashed trashedTime trashingUser:User version videoMediaMetadata viewedByMe viewedByMeTime viewersCanCopyContent webContentLink webViewLink writersCanShare',
  FileList: 'files[]:File incompleteSearch kind nextPageToken',
  Label: 'fields{}:LabelField id kind revisionId',
  LabelField: 'dateString[] id integer[] kind selection[] text[] user[]:User valueType',
  Permission:
    'allowFileDiscovery deleted displayName domain emailAddress expirationTime id inheritedPermissionsDisabled kind pendingOwner permissionDetails photoLink role teamDrivePermissionDetails type view',
  User: 'displayName emailAddress kind me permissionId photoLink',
};

/** The parameters of each method (in lower case). */
export const parameters: Readonly<Record<string, string>> = {
  'files.copy':
    'copyComments enforceSingleParent ignoreDefaultVisibility includeLabels includePermissionsForView keepRevisionForever ocrLanguage supportsAllDrives supportsTeamDrives',
  'files.create':
    'enforceSingleParent ignoreDefaultVisibility includeLabels includePermissionsForView keepRevisionForever ocrLanguage supportsAllDrives supportsTeamDrives useContentAsIndexableText media',
  'files.delete': 'enforceSingleParent supportsAllDrives supportsTeamDrives',
  'files.download': 'mimeType revisionId',
  'files.emptytrash': 'driveId enforceSingleParent',
  'files.export': 'mimeType',
  'files.generatecsetoken': 'parent',
  'files.generateids': 'count space type',
  'files.get':
    'acknowledgeAbuse includeLabels includePermissionsForView supportsAllDrives supportsTeamDrives',
  'files.list':
    'corpora corpus driveId includeItemsFromAllDrives includeLabels includePermissionsForView includeTeamDriveItems orderBy pageSize pageToken q spaces supportsAllDrives supportsTeamDrives teamDriveId',
  'files.listlabels': 'maxResults pageToken',
  'files.modifylabels': '',
  'files.update':
    'addParents enforceSingleParent includeLabels includePermissionsForView keepRevisionForever ocrLanguage removeParents supportsAllDrives supportsTeamDrives useContentAsIndexableText media',
  'files.watch':
    'acknowledgeAbuse includeLabels includePermissionsForView supportsAllDrives supportsTeamDrives',
};
