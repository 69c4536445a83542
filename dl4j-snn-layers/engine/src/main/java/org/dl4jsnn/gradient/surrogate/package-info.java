/**
 * Surrogate gradients, which replace the derivative of a spike. Each is a value with one formula
 * and one width.
 */
package org.dl4jsnn.gradient.surrogate;
