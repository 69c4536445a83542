/**
 * A non-spiking network, trained and then converted to a spiking one (the command {@code convert}).
 */
package org.dl4jsnn.examples.convert;
