import fc from 'fast-check';
import { propertySeed } from '../support/property-settings.js';

// Every mutant meets the same cases, and the first that finds it is enough: nothing is made shorter for a reader.
fc.configureGlobal({ seed: propertySeed, endOnFailure: true });
