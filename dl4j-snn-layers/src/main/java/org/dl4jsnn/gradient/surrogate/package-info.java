/**
 * Surrogate gradients: what takes the place of the derivative of a spike. Each is a value of one
 * formula and one width.
 */
package org.dl4jsnn.gradient.surrogate;
