/**
 * What a spike adds to the neurons that it reaches (equation 1 of docs/mathematics.md), on plain
 * arrays: charges of a window step by step, those of recurrent synapses, and the windows of
 * convolutions and pooling.
 */
package org.dl4jsnn.charge;
