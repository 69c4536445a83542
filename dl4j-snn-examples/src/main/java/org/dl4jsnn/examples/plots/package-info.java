/**
 * Images of trained networks and of trainings (the commands {@code raster}, {@code plots} and
 * {@code training-plot}).
 */
package org.dl4jsnn.examples.plots;
