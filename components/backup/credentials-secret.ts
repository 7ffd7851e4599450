/** Keys of a Secret with an access key, as in the plugin's documentation. */
export const ACCESS_KEY_ID = "ACCESS_KEY_ID";
export const SECRET_ACCESS_KEY = "ACCESS_SECRET_KEY";
