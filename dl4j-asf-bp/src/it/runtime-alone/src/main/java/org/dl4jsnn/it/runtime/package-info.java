/** A program of a device: models, the runtime's jar, and nothing else. */
package org.dl4jsnn.it.runtime;
