/** Graphs of the Neuromorphic Intermediate Representation (the command {@code nir}). */
package org.dl4jsnn.examples.nir;
