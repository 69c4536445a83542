/**
 * Charts of web pages as SVG, which a page may ask for several times a second, and the colours that
 * they share with the images of {@code org.dl4jsnn.plot}. Independent of networks.
 */
package org.dl4jsnn.internal.chart;
