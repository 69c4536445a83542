/**
 * A network without spikes, trained and then turned into a spiking one (the command {@code
 * convert}).
 */
package org.dl4jsnn.examples.convert;
