/**
 * The code shown in the guide: parts between {@code // begin NAME} and {@code // end NAME} appear
 * in the documents word for word, as a test checks.
 */
package org.dl4jsnn.examples.guide;
