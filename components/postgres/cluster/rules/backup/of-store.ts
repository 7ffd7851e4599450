import { storeCloudLogin } from "./store-cloud-login";
import { storeCredentials } from "./store-credentials";
import { storeEndpointCa } from "./store-endpoint-ca";
import { storeEndpointPath } from "./store-endpoint-path";
import { storeEnvironment } from "./store-environment";
import { storeProvider } from "./store-provider";

/** The rules about a store by itself, whoever uses it. */
export const storeRules = [
  storeProvider,
  storeCredentials,
  storeCloudLogin,
  storeEndpointCa,
  storeEndpointPath,
  storeEnvironment,
];
