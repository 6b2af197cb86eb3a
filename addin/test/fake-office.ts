/** The fake as office.js of a page: the mail comes from window.mail, which the test sets; what happened is in window.happened. */

import type { Mail } from "./fake-outlook.js";
import { fakeOutlook, MAIL, nothingYet } from "./fake-outlook.js";

const given = (window as unknown as { mail?: Partial<Mail> }).mail;
const mail: Mail = { ...MAIL, ...given };
const happened = nothingYet();
Object.assign(window, { mail, happened, Office: fakeOutlook(mail, happened, "pane").Office });
