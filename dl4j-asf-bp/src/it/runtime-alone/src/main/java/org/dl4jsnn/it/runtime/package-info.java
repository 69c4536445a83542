/** A program for a device: only models and the runtime's jar. */
package org.dl4jsnn.it.runtime;
