/**
 * Trained networks made ready for inference: normalisation folded into weights, and weights rounded
 * to integers.
 */
package org.dl4jsnn.deploy;
