/**
 * Terms that the activity of spiking layers adds to the loss: firing rates out of bounds, and
 * synaptic operations. Depends on neither layers nor gradient rules.
 */
package org.dl4jsnn.regularize;
