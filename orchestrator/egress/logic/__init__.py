"""How the prediction reasons: true, false or not known, with the assumptions that an answer rests on."""
