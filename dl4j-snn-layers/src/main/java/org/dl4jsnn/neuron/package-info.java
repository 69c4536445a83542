/** Neuron dynamics: charge, fire, reset, leak (equations 2 to 5 of docs/mathematics.md). */
package org.dl4jsnn.neuron;
