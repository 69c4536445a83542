/** A program for a device: only models and the engine's jar. */
package org.dl4jsnn.it.runtime;
