// @ts-check
/** What has to be in place before Streamlit starts; `ui/startup/boot_script.py` puts it into the page. */

import { keepOneEntryPerPage } from "./history.js";

keepOneEntryPerPage(window);
